/** Checks without improvement before it stops. Source: 3 to 10 is usual; 5 rides out one noisy epoch and more. */
export const PATIENCE = '5';
