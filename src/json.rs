//! Plain data → JSON text, without spaces, in the order of the fields.
//!
//! In: what serde can write. Out: one JSON value. Never: a number that is not whole, as nothing in this crate has one.

use std::fmt;

use serde::ser::{
    Error, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

/// The value as JSON; `None` where it holds what JSON or this crate has no form for.
pub(crate) fn text<T: Serialize + ?Sized>(value: &T) -> Option<String> {
    let mut writer = Writer { text: String::new() };
    value.serialize(&mut writer).ok()?;
    Some(writer.text)
}

/// Writes a text in quotes, with the escapes that JSON demands and no others.
pub(crate) fn quote(text: &str, out: &mut String) {
    out.reserve(text.len() + 2);
    out.push('"');
    let mut rest = text;
    while let Some((plain, special)) =
        rest.split_at_checked(plain(rest.as_bytes())).filter(|(_, special)| !special.is_empty())
    {
        out.push_str(plain);
        let mut special = special.chars();
        special.next().into_iter().for_each(|special| escape(special, out));
        rest = special.as_str();
    }
    out.push_str(rest);
    out.push('"');
}

/// How many bytes stand before the first quote, backslash or control character: all where there is none.
pub(crate) fn plain(bytes: &[u8]) -> usize {
    const EACH: u64 = u64::MAX / 255;
    let (words, rest) = bytes.as_chunks::<8>();
    for (at, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let none = |of: u64| of.wrapping_sub(EACH) & !of;
        let control = word.wrapping_sub(EACH * 0x20) & !word;
        let found = (none(word ^ (EACH * 0x22)) | none(word ^ (EACH * 0x5C)) | control) & (EACH * 0x80);
        // what is carried over spoils only what stands behind the first one
        if found != 0 {
            return at * 8 + found.trailing_zeros() as usize / 8;
        }
    }
    let is_special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..=0x1F);
    words.len() * 8 + rest.iter().position(is_special).unwrap_or(rest.len())
}

/// Writes a whole number.
pub(crate) fn whole(size: u64, out: &mut String) {
    let mut digits = [0_u8; 20];
    let (mut rest, mut count) = (size, 0);
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (rest % 10) as u8;
        rest /= 10;
        count += 1;
        if rest == 0 {
            break;
        }
    }
    let written = digits.get(digits.len() - count..).unwrap_or_default();
    out.extend(written.iter().copied().map(char::from));
}

fn escape(special: char, out: &mut String) {
    let short = match special {
        '"' | '\\' => special,
        '\u{8}' => 'b',
        '\t' => 't',
        '\n' => 'n',
        '\u{C}' => 'f',
        '\r' => 'r',
        _ => {
            let digit = |value: u32| char::from_digit(value, 16).unwrap_or('0');
            out.push_str("\\u00");
            out.push(digit(u32::from(special) >> 4));
            out.push(digit(u32::from(special) & 15));
            return;
        }
    };
    out.push('\\');
    out.push(short);
}

struct Writer {
    text: String,
}

/// There is no form for it.
#[derive(Debug)]
struct Unwritable;

impl fmt::Display for Unwritable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value that JSON has no form for")
    }
}

impl std::error::Error for Unwritable {}

impl Error for Unwritable {
    fn custom<T: fmt::Display>(_: T) -> Unwritable {
        Unwritable
    }
}

/// A list or an object that is being written.
struct Group<'w> {
    writer: &'w mut Writer,
    end: &'static str,
    first: bool,
}

impl Writer {
    fn group(&mut self, begin: &str, end: &'static str) -> Group<'_> {
        self.text.push_str(begin);
        Group { writer: self, end, first: true }
    }

    /// The object of an enum's variant, open.
    fn variant(&mut self, name: &str, begin: &str, end: &'static str) -> Group<'_> {
        self.text.push('{');
        quote(name, &mut self.text);
        self.text.push(':');
        self.group(begin, end)
    }

    fn whole(&mut self, negative: bool, size: u64) {
        self.text.push_str(if negative { "-" } else { "" });
        whole(size, &mut self.text);
    }
}

impl Group<'_> {
    fn comma(&mut self) {
        if !self.first {
            self.writer.text.push(',');
        }
        self.first = false;
    }

    /// INVARIANT: names of fields are words of ours, in which nothing has to be escaped.
    fn name(&mut self, name: &'static str) {
        let text = &mut self.writer.text;
        text.reserve(name.len() + 4);
        text.push_str(if self.first { "\"" } else { ",\"" });
        text.push_str(name);
        text.push_str("\":");
        self.first = false;
    }

    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
        self.comma();
        value.serialize(&mut *self.writer)
    }

    fn field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Unwritable> {
        self.name(name);
        value.serialize(&mut *self.writer)
    }

    fn close(self) {
        self.writer.text.push_str(self.end);
    }
}

macro_rules! whole {
    ($($name:ident $type:ty),*) => {
        $(fn $name(self, value: $type) -> Result<(), Unwritable> {
            self.whole(i64::from(value) < 0, i64::from(value).unsigned_abs());
            Ok(())
        })*
    };
}

impl<'w> Serializer for &'w mut Writer {
    type Ok = ();
    type Error = Unwritable;
    type SerializeSeq = Group<'w>;
    type SerializeTuple = Group<'w>;
    type SerializeTupleStruct = Group<'w>;
    type SerializeTupleVariant = Group<'w>;
    type SerializeMap = Group<'w>;
    type SerializeStruct = Group<'w>;
    type SerializeStructVariant = Group<'w>;

    whole!(serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64);
    whole!(serialize_u8 u8, serialize_u16 u16, serialize_u32 u32);

    fn serialize_u64(self, value: u64) -> Result<(), Unwritable> {
        self.whole(false, value);
        Ok(())
    }

    fn serialize_bool(self, value: bool) -> Result<(), Unwritable> {
        self.text.push_str(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_f32(self, _: f32) -> Result<(), Unwritable> {
        Err(Unwritable)
    }

    fn serialize_f64(self, _: f64) -> Result<(), Unwritable> {
        Err(Unwritable)
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), Unwritable> {
        Err(Unwritable)
    }

    fn serialize_char(self, value: char) -> Result<(), Unwritable> {
        quote(value.encode_utf8(&mut [0; 4]), &mut self.text);
        Ok(())
    }

    fn serialize_str(self, value: &str) -> Result<(), Unwritable> {
        quote(value, &mut self.text);
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Unwritable> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Unwritable> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Unwritable> {
        self.text.push_str("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Unwritable> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Unwritable> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Unwritable> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Unwritable> {
        let group = self.variant(variant, "", "}");
        value.serialize(&mut *group.writer)?;
        group.close();
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Group<'w>, Unwritable> {
        Ok(self.group("[", "]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Group<'w>, Unwritable> {
        Ok(self.group("[", "]"))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Group<'w>, Unwritable> {
        Ok(self.group("[", "]"))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Group<'w>, Unwritable> {
        Ok(self.variant(variant, "[", "]}"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Group<'w>, Unwritable> {
        Ok(self.group("{", "}"))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Group<'w>, Unwritable> {
        Ok(self.group("{", "}"))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Group<'w>, Unwritable> {
        Ok(self.variant(variant, "{", "}}"))
    }
}

/// What is written item by item.
macro_rules! items {
    ($($trait:ident $method:ident),*) => {
        $(impl $trait for Group<'_> {
            type Ok = ();
            type Error = Unwritable;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
                self.item(value)
            }

            fn end(self) -> Result<(), Unwritable> {
                self.close();
                Ok(())
            }
        })*
    };
}

/// What is written under the names of its fields.
macro_rules! named {
    ($($trait:ident),*) => {
        $(impl $trait for Group<'_> {
            type Ok = ();
            type Error = Unwritable;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Unwritable> {
                self.field(name, value)
            }

            fn end(self) -> Result<(), Unwritable> {
                self.close();
                Ok(())
            }
        })*
    };
}

items!(SerializeSeq serialize_element, SerializeTuple serialize_element);
items!(SerializeTupleStruct serialize_field, SerializeTupleVariant serialize_field);
named!(SerializeStruct, SerializeStructVariant);

impl SerializeMap for Group<'_> {
    type Ok = ();
    type Error = Unwritable;

    /// INVARIANT: what is a name in JSON begins with a quote; anything else is refused.
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Unwritable> {
        self.comma();
        let start = self.writer.text.len();
        key.serialize(&mut *self.writer)?;
        let named = self.writer.text.get(start..).is_some_and(|written| written.starts_with('"'));
        self.writer.text.push(':');
        if named { Ok(()) } else { Err(Unwritable) }
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Result<(), Unwritable> {
        self.close();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Serialize;

    #[test]
    fn the_text_is_what_an_independent_writer_writes() {
        #[derive(Serialize)]
        #[serde(rename_all = "kebab-case")]
        enum Either {
            Nothing,
            One(u8),
            Two(i32, char),
            Named { here: Option<bool>, there: () },
        }
        let table: std::collections::BTreeMap<&str, Vec<Either>> = [
            ("a\"\\/\u{8}\t\n\u{C}\r\u{1}\u{1F}\u{7F}é中𝄞", vec![Either::Nothing, Either::One(0), Either::One(255)]),
            ("", vec![Either::Two(i32::MIN, '"'), Either::Named { here: Some(true), there: () }]),
            ("none", vec![Either::Named { here: None, there: () }]),
        ]
        .into_iter()
        .collect();
        assert_eq!(text(&table).unwrap(), serde_json::to_string(&table).unwrap());
        assert_eq!(text(&(i64::MIN, u64::MAX)).unwrap(), serde_json::to_string(&(i64::MIN, u64::MAX)).unwrap());
        assert_eq!(text(&0.5), None);
    }
}
