"""The demonstration company: a believable chain with a year of visits, built through people's own actions."""
