"""The local plan and its context."""
