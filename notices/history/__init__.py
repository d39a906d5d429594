"""What was changed in a workspace: one append-only file an edition, from which every change can be taken back."""
