"""What an archive of post-mortems is made of: frozen values, on the standard library alone."""
