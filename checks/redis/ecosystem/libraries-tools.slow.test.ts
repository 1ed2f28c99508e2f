import { tryFeatures } from './features';
import { Board, bullBoard } from './libraries/bull-board';
import { Insight, insight } from './libraries/insight';
import { RedisCli, redisCli } from './libraries/redis-cli';

/** Each begins with an empty server. */
const alone = { width: 1 };

tryFeatures('redis-cli', redisCli, RedisCli.within, { ...alone, needs: ['redis-cli'] });
tryFeatures('bull-board 9', bullBoard, Board.within, alone);
tryFeatures('calls of RedisInsight', insight, Insight.within, alone);
