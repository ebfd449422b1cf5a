# #region purge
# The file admin_header has one line: Authorization: Bearer TOKEN
curl --fail-with-body --silent --show-error --header @admin_header --request POST "$admin_url/purge"
# #endregion purge

# #region erase
curl --fail-with-body --silent --show-error --header @admin_header --request DELETE \
  "$admin_url/merchants/$merchant_id"
# #endregion erase
