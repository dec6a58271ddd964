/** The one thing of the outside that ports speak of: who implements a port is told when to stop. The core never looks at it. */
interface AbortSignal {
  readonly aborted: boolean;
}
