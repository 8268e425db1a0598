"""The site, live: pages over HTTP to this machine alone, made when they are asked for. Nothing is written."""
