// The gateway: listens to Telegram channels and talks to exchanges for the program that started it. It keeps nothing that matters.

import { channelMethods } from './channels/methods.js';
import { exchangeMethods } from './exchanges/methods.js';
import { serve } from './rpc/process.js';

serve((outside) => ({ ...channelMethods(outside), ...exchangeMethods(outside) }));
