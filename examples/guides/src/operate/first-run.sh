export CALLBACK_TOKENS=$(openssl rand -hex 16)
callback-server migrate # creates the database
callback-server doctor  # checks this machine
