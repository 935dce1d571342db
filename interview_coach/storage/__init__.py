"""Objects under keys: a local folder or an S3-compatible store."""
