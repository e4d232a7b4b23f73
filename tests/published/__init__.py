"""Sites as readers meet them."""
