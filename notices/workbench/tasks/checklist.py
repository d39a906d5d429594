"""What an edition asks of an applicant: one on the page, many from a sheet."""
