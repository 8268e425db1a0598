"""The corridor: what the commands do, each verb's values handed to the next."""
