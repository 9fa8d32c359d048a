/** Two heads looking at the same board: one speaks, one looks on. */
export function Logo() {
  return (
    <svg className="logo" viewBox="0 0 32 32" aria-hidden="true">
      <path
        className="logo-bubble"
        d="M16 3C8.3 3 2 8.4 2 15c0 3.6 1.9 6.9 4.9 9.1L6 29l5.6-2.700c1.4.4 2.9.6 4.4.6 7.7 0 14-5.3 14-11.900S23.7 3 16 3Z"
      />
      <circle className="logo-eye" cx="13" cy="14" r="4.2" />
      <circle className="logo-eye" cx="22" cy="14" r="4.2" />
      <circle className="logo-pupil" cx="14.6" cy="14.8" r="1.8" />
      <circle className="logo-pupil" cx="23.6" cy="14.8" r="1.8" />
    </svg>
  );
}
