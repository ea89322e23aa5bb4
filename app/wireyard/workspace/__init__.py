"""Collections, saved messages, environments and variables: plain files that a team keeps in git."""
