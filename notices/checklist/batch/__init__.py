"""Checklists of one applicant or ten thousand: made on this machine or a cluster, kept track of, summed up."""
