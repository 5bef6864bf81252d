"""Users, sign-in, invitations."""
