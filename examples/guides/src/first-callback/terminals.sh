# #region sandbox
export SANDBOX_CONTROL_TOKEN=not-a-real-control-token
npx @partner-ecosystem/mocks --partner example-broker:Not-a-real-password-1
# #endregion sandbox

# #region program
npx @partner-ecosystem/mocks sink --port 4012
# #endregion program

# #region server
export CALLBACK_TOKENS=not-a-real-callback-token FORWARD_URL=http://127.0.0.1:4012/
export PROVIDER_URL=http://127.0.0.1:4010
export PARTNER_USERNAME=example-broker PARTNER_PASSWORD=Not-a-real-password-1
npx @partner-ecosystem/callback-server serve
# #endregion server

# #region decide
export SANDBOX_CONTROL_TOKEN=not-a-real-control-token
node submit-merchant.ts EXAMPLE-0001
npx @partner-ecosystem/mocks accept EXAMPLE-0001
# #endregion decide
