"""Back from the office: what a Word file that went round says otherwise, taken into the profile it was built from."""
