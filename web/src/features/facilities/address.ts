// The address of a transmission device: 12 hexadecimal digits, high byte first. Pure.

export const ADDRESS_DIGITS = 12;

/** As it is kept: small letters, nothing between the digits. */
export const cleanAddress = (typed: string): string => typed.replaceAll(/[^0-9a-fA-F]/g, "").toLowerCase();

export const isAddress = (typed: string): boolean => cleanAddress(typed).length === ADDRESS_DIGITS;

/** In pairs, for reading aloud. */
export const pairs = (address: string): string => address.match(/../g)?.join(" ") ?? address;
