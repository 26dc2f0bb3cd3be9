-- Reads what changed after a position, in one consistent look.
--
-- ARGV: key prefix of the campaign ("gmv:{7}:"), generation last read, position last read,
--       how many minutes at the most, which hashes of a minute ("ms": what frames tell; "mds": all)
-- Returns {generation, position, watermark, cursor, minutes, rows, pending}: `rows` has, for each
-- of the `minutes`, the fields of each hash asked for; `cursor` is the position to ask again from,
-- and equals `position` once everything has been told. An unknown generation is read from nought.
local generation = redis.call('GET', ARGV[1] .. 'live')
if not generation then return {'', 0, 0, 0, {}, {}, {}} end
local prefix = ARGV[1] .. generation .. ':'
local after = generation == ARGV[2] and ARGV[3] or '0'
local head = redis.call('HMGET', prefix .. 'head', 'position', 'watermark')
local position = tonumber(head[1] or '0')

local touched, most = prefix .. 'touched', tonumber(ARGV[4])
local found = redis.call('ZRANGEBYSCORE', touched, '(' .. after, '+inf', 'WITHSCORES', 'LIMIT', 0, most)
local cursor = position
if #found == 2 * most then
  -- There may be more: take whole positions only, so that the next look begins at a clean edge.
  cursor = tonumber(found[#found])
  found = redis.call('ZRANGEBYSCORE', touched, '(' .. after, cursor, 'WITHSCORES')
end

local minutes, rows = {}, {}
for i = 1, #found, 2 do
  minutes[#minutes + 1] = found[i]
  for letter in string.gmatch(ARGV[5], '.') do
    rows[#rows + 1] = redis.call('HGETALL', prefix .. letter .. ':' .. found[i])
  end
end
return {generation, position, tonumber(head[2] or '0'), cursor, minutes, rows,
        redis.call('HGETALL', prefix .. 'pending')}
