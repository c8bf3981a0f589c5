// Whether Help lies over the screen: it stays as it was left, out of sight, and hears neither keys nor scans.
import { createContext } from 'react';

export const CoveredContext = createContext(false);
