"""The composer: where a message is written, checked and sent from."""
