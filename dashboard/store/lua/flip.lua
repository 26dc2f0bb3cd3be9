-- Makes a rebuilt generation the live one.
--
-- ARGV: prefix of the campaign ("gmv:{7}:"), generation live until now ("" for none), the new one,
--       ledger position that the new one must have reached
-- Returns 1, or 0 where another generation went live or the new one lags behind: nothing changed.
local live = redis.call('GET', ARGV[1] .. 'live') or ''
if live ~= ARGV[2] then return 0 end
local function position(generation)
  if generation == '' then return 0 end
  return tonumber(redis.call('HGET', ARGV[1] .. generation .. ':head', 'position') or '0')
end
if position(ARGV[3]) < math.max(position(live), tonumber(ARGV[4])) then return 0 end
redis.call('SET', ARGV[1] .. 'live', ARGV[3])
return 1
