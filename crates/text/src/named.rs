/// Declares an enum whose variants have one stable name each, used in the record, in exports and
/// in data files.
///
/// ```
/// chancery_text::named_enum! {
///     /// How sure.
///     pub enum Sure { /// Yes.
///         Yes = "yes", /// No.
///         No = "no" }
/// }
/// assert_eq!(Sure::Yes.name(), "yes");
/// assert_eq!("no".parse::<Sure>(), Ok(Sure::No));
/// assert!("maybe".parse::<Sure>().is_err());
/// ```
#[macro_export]
macro_rules! named_enum {
    ($(#[$meta:meta])* pub enum $name:ident {
        $($(#[$vmeta:meta])* $variant:ident = $text:literal),+ $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vmeta])* $variant),+ }

        impl $name {
            /// Every variant, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The stable name, as the record and the data files write it.
            pub const fn name(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.name())
            }
        }

        impl std::str::FromStr for $name {
            type Err = String;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($text => Ok($name::$variant),)+
                    _ => Err(format!(
                        "`{text}` is no {}: use one of {}",
                        stringify!($name),
                        Self::ALL.iter().map(|v| v.name()).collect::<Vec<_>>().join(", ")
                    )),
                }
            }
        }
    };
}
