"""What a request is made of beside its message: parameters, headers, settings, variables, notes, saved messages."""
