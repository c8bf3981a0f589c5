// Whether the store could be read at the start.
#ifndef KEYLINE_AGENT_STATE_H
#define KEYLINE_AGENT_STATE_H

#include <stdbool.h>

bool kl_agent_store_is_lost(void);

#endif
