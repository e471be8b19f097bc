-- Refreshes for wrk: each token that is answered is sent in a later request, once. TOKENS holds those to begin
-- with, more than there are connections.
local waiting = {}
local first, last = 1, 0
local path, content

local function put(token)
  last = last + 1
  waiting[last] = token
end

function init()
  path = os.getenv("PATH_TEMPLATE")
  content = { ["Content-Type"] = "application/json" }
  for line in io.lines(os.getenv("TOKENS")) do put(line) end
end

function request()
  local token = waiting[first]
  waiting[first] = nil
  first = first + 1
  return wrk.format("POST", path, content, '{"refresh_token":"' .. token .. '"}')
end

function response(status, _, body)
  local token = status == 200 and body:match('"refresh_token":"([^"]+)"')
  if token then put(token) end
end
