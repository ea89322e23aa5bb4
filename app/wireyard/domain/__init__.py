"""The nouns of a WebSocket session: frozen values that know no sockets, no disk and no screen."""
