"""The applicant's checklist: what a profile asks, what an applicant's facts say to it, and why."""
