/** The bound that is inserted. Source: the seed document, "almost always set to 1.0". */
export const MAX_NORM = '1.0';

export const LOG_THE_NORM =
  'Log the norm that the call returns: if most steps are clipped, lower the learning rate instead.';
