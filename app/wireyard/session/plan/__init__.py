"""From what is saved to what is dialled and sent: inherited, with the values of variables, files read."""
