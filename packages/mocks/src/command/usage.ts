export const usage = `Usage: partner-sandbox [options]
       partner-sandbox <command> [options]

Runs a stateful test double of the Partner Ecosystem provider on this machine, or controls a running one.

Options of the server:
  --port 4010                  port of the provider's API; 0 selects a free port
  --control-port 4011          port of the control API; 0 selects a free port
  --host 127.0.0.1             address of the provider's API
  --control-host 127.0.0.1     address of the control API; with another address, other machines can reach the API
  --seed <text>                with --now, fixes every id, user name and token
  --now <time>                 stops the clock at a time, such as 2030-01-31T10:00:00Z; \`advance\` moves it.
                               It takes precedence over the start of a scenario
  --scenario <file>            a JSON file with the initial state
  --policy <policy>            auto-accept, auto-reject:2m, or JSON
  --partner <name:password>    a partner that may use every flow, also after a scenario is loaded
  --requests <mode>            expected, strict, warn or off
  --dialect <dialect>          contract, or framework to behave as LoopBack 3 where the contract is silent
  --expired-files <what>       warn, or refuse: what happens to a push with an expired file
  --pending-after <duration>   time from a push until its case is pending: such as 90s, or documented (3m)
  --no-cors                    stops pages of other origins from reading the responses
  --allow-callback-host <host> a host that may receive callbacks; repeat the option for more hosts
  --control-token <token>      token of the control API, 16 characters or more
  --json                       prints the addresses and tokens as one line of JSON
  --help, --version

Commands for a running sandbox:
  cases [--status pending]                    lists the cases
  accept | reject | ask | reverse <reference> decides a case, by its id or by your own reference
      [--reason <text>] [--instructions <text>]
  advance <duration>                          moves the clock, such as: advance 2d
  faults                                      lists the faults
  faults add operation=pushMerchant kind=lost-response times=1
  faults remove <id> | faults clear
  journal [--follow]                          lists the newest entries of the journal
  callbacks [--follow]                        lists the newest callbacks and their attempts

Options of these commands:
  --control-url <url>      http://127.0.0.1:4011, or the variable SANDBOX_CONTROL_URL
  --control-token <token>  or the variable SANDBOX_CONTROL_TOKEN
  --sandbox <id>           another sandbox of the server
  --json                   prints JSON

A receiver of callbacks:
  sink [--port 4012] [--status 200] [--reveal]
                           prints each callback, masked unless --reveal is given`;
