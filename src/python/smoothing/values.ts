/** Source: the seed document: about 0.1 in vision. */
export const SMOOTHING = '0.1';
