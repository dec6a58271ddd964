/** A text that only its own parser can make: the compiler then refuses a service where a region is meant. */
export type Brand<T, Name extends string> = T & { readonly __brand: Name };
