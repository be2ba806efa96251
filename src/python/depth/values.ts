/** Rate of the last block. Source: 0.1 to 0.4 by depth in vision transformers; the smallest is right for small ones. */
export const RATE = '0.1';

/** Share of the weights that DropConnect leaves out. Source: 0.2 to 0.5 in fully connected layers. */
export const CONNECT = '0.2';
