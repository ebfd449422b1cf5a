partner-sandbox cases --status pending
partner-sandbox reject EXAMPLE-0001 --reason blurred
partner-sandbox advance 2d
partner-sandbox faults add operation=pushMerchant kind=lost-response times=1
partner-sandbox journal
