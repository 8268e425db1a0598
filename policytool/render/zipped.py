"""Files -> one zip, the same bytes for the same files."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from policytool.model.artifact import Artifact

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first day that a zip can tell
_UNIX = 3
_READABLE = 0o644 << 16
_PACKED = (".docx", ".pdf")
"""What is compressed in itself: to try again takes time and saves nothing."""


def zipped(artifacts: Iterable[Artifact]) -> bytes:
    """The files in the order given, without a date or an owner."""
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for one in artifacts:
            info = ZipInfo(one.path, _EPOCH)
            info.create_system, info.external_attr = _UNIX, _READABLE
            info.compress_type = ZIP_STORED if one.path.endswith(_PACKED) else ZIP_DEFLATED
            archive.writestr(info, one.content)
    return out.getvalue()
