"""The Settings window, made from the settings' own data."""
