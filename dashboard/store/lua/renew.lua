-- Gives up the live generation: what counts begins anew, from nought, under another name.
--
-- ARGV: key of the pointer to the live generation, the generation given up, the new one
-- Returns 1, or 0 where another generation is live already: nothing changed.
if redis.call('GET', ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('SET', ARGV[1], ARGV[3])
return 1
