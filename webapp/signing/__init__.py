"""The pages of accounts: coming in, my account, the people of my cluster, administration."""
