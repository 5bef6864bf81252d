"""The verbs of upkeep: claims, reminders, history, and the marks that stop abuse."""
