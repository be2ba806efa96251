/**
 * What to do so that a layer acts otherwise in validation than in training, in the words of the framework: Keras does so
 * by itself, except in a loop of one's own.
 * @param why the rest of the sentence: what happens there, or if it is forgotten
 */
export function switchOff(why: string, inKeras: boolean): string {
  return inKeras
    ? `fit, evaluate and predict do it by themselves; in a loop of your own call model(x, training=True), and model(x, training=False) to validate${why}.`
    : `Call model.eval() before you validate${why}.`;
}
