// Draws pictures of charts for the program that started it, in a process of its own: drawing one keeps a core busy for a good part of a second, and neither an
// order nor a post may wait for that.

import { serve } from '../rpc/process.js';
import { chartMethods } from './methods.js';

serve(() => chartMethods());
