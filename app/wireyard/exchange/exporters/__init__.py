"""Writers of session logs, one form a file: events in, bytes out, as a stream."""
