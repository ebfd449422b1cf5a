export CALLBACK_TOKENS=$(openssl rand -hex 16)
export ADMIN_TOKENS=$(openssl rand -hex 16)
export FORWARD_SECRET=whsec_$(openssl rand -base64 32)
export NOTIFY_SECRET=whsec_$(openssl rand -base64 32)
export MASTER_KEYS=first:$(openssl rand -base64 32) # the id and the key
