-- Requests for wrk, made once from the environment: {post}, {author}, {owner}, {category} and {text} are filled in, and
-- {token} is the line of TOKENS that a random user has.
local filled = {}
local at = 0

local function lines(path)
  local all = {}
  if path and path ~= "" then
    for line in io.lines(path) do all[#all + 1] = line end
  end
  return all
end

local function fill(template, values)
  return (template:gsub("{(%l+)}", values))
end

local function headers(values)
  local all = {}
  for line in (os.getenv("HEADERS") or ""):gmatch("[^\n]+") do
    local name, value = line:match("^([^:]+): (.*)$")
    all[name] = fill(value, values)
  end
  return all
end

function init()
  math.randomseed(tonumber(os.getenv("SEED")))
  local tokens = lines(os.getenv("TOKENS"))
  local method, path, body = os.getenv("METHOD"), os.getenv("PATH_TEMPLATE"), os.getenv("BODY")
  -- Large bodies would fill the memory.
  for i = 1, #body > 10000 and 100 or 10000 do
    local values = {
      post = math.random(1, 20000),
      author = math.random(1, 2000),
      owner = math.random(1, 100),
      category = math.random(0, 99),
      text = "hello from the benchmark, a message of some length",
      token = tokens[math.random(1, math.max(#tokens, 1))] or "",
    }
    local sent = body ~= "" and fill(body, values) or nil
    filled[i] = wrk.format(method, fill(path, values), headers(values), sent)
  end
end

function request()
  at = at % #filled + 1
  return filled[at]
end
