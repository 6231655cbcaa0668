//! Where a bucket is: parsed once, so that every address made of it afterwards is one that needs no escaping.

use std::path::PathBuf;

use url::{Host, Url};

/// Longest endpoint, bucket and prefix together fit into a path of an operating system many times.
const PART_LEN_MAX: usize = 200;

/// Where a bucket is, and where in it a disk lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BucketAddress {
    scheme: String,
    /// Host and, where it is not the scheme's, port.
    authority: String,
    region: String,
    bucket: String,
    /// Without slashes at its ends; may be empty.
    prefix: String,
    path_style: bool,
}

/// Why a text is no part of the address of a bucket.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BucketAddressError {
    /// Not `http://host` or `https://host`.
    #[error("{0}")]
    Endpoint(&'static str),
    /// Not a region.
    #[error("a region has letters, digits and hyphens")]
    Region,
    /// Not the name of a bucket.
    #[error("3 to 63 lower-case letters, digits, hyphens and dots")]
    Bucket,
    /// Not a prefix.
    #[error("letters, digits, `-`, `_`, `.` and `/`, no empty part and none of dots")]
    Prefix,
}

impl BucketAddressError {
    /// Which field it is about.
    pub fn field(&self) -> &'static str {
        match self {
            Self::Endpoint(_) => "endpoint",
            Self::Region => "region",
            Self::Bucket => "bucket",
            Self::Prefix => "prefix",
        }
    }
}

impl BucketAddress {
    /// Reads the parts as a person enters them. `path_style`: the bucket stands in the path and not before the host, as MinIO and Ceph want it.
    pub fn parse(
        endpoint: &str,
        region: &str,
        bucket: &str,
        prefix: &str,
        path_style: bool,
    ) -> Result<Self, BucketAddressError> {
        let (scheme, authority, is_name) = read_endpoint(endpoint.trim())?;
        let is_word = |text: &str, extra: &str| {
            text.len() <= PART_LEN_MAX && text.chars().all(|c| c.is_ascii_alphanumeric() || extra.contains(c))
        };
        let region = region.trim();
        if region.is_empty() || !is_word(region, "-") {
            return Err(BucketAddressError::Region);
        }
        let bucket = bucket.trim();
        let is_lower = !bucket.chars().any(|c| c.is_ascii_uppercase());
        let ends = |at: Option<char>| at.is_some_and(|c| c.is_ascii_alphanumeric());
        let is_bucket = (3..=63).contains(&bucket.len()) && is_lower && is_word(bucket, "-.");
        if !is_bucket || bucket.contains("..") || !ends(bucket.chars().next()) || !ends(bucket.chars().last())
        {
            return Err(BucketAddressError::Bucket);
        }
        let prefix = prefix.trim().trim_matches('/');
        let is_plain = |part: &str| !part.is_empty() && !part.bytes().all(|byte| byte == b'.');
        if !is_word(prefix, "-_./") || !(prefix.is_empty() || prefix.split('/').all(is_plain)) {
            return Err(BucketAddressError::Prefix);
        }
        if !path_style && !is_name {
            return Err(BucketAddressError::Endpoint("an address of numbers has its buckets in the path"));
        }
        let (region, bucket, prefix) = (region.to_owned(), bucket.to_owned(), prefix.to_owned());
        Ok(Self { scheme, authority, region, bucket, prefix, path_style })
    }

    /// The root of the paths of the disk, also what people are shown.
    pub fn root(&self) -> PathBuf {
        let Self { authority, bucket, prefix, .. } = self;
        let root = PathBuf::from(format!("s3://{authority}/{bucket}"));
        if prefix.is_empty() { root } else { root.join(prefix) }
    }

    /// The endpoint without the bucket.
    pub fn endpoint(&self) -> String {
        format!("{}://{}", self.scheme, self.authority)
    }

    /// Where requests are signed for.
    pub fn region(&self) -> &str {
        &self.region
    }

    /// Its name.
    pub fn bucket(&self) -> &str {
        &self.bucket
    }

    /// Where in it the disk lies; empty: at its top.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The bucket stands in the path.
    pub fn is_path_style(&self) -> bool {
        self.path_style
    }

    /// The header `Host`.
    pub(super) fn host(&self) -> String {
        if self.path_style { self.authority.clone() } else { format!("{}.{}", self.bucket, self.authority) }
    }

    /// The scheme, for the address of a request.
    pub(super) fn scheme(&self) -> &str {
        &self.scheme
    }

    /// The path of an object, or of the bucket itself for an empty key. Keys of ours are plain letters and need no escaping.
    pub(super) fn path(&self, key: &str) -> String {
        if self.path_style { format!("/{}/{key}", self.bucket) } else { format!("/{key}") }
    }

    /// The key of a path below the root.
    pub(super) fn key(&self, below: &str) -> String {
        match (self.prefix.as_str(), below) {
            ("", below) => below.to_owned(),
            (prefix, "") => prefix.to_owned(),
            (prefix, below) => format!("{prefix}/{below}"),
        }
    }
}

/// Scheme, authority, and whether the host is a name.
fn read_endpoint(text: &str) -> Result<(String, String, bool), BucketAddressError> {
    let wrong = BucketAddressError::Endpoint;
    if text.len() > PART_LEN_MAX {
        return Err(wrong("longer than 200 bytes"));
    }
    let url = Url::parse(text).map_err(|_| wrong("an address such as https://s3.example.org"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(wrong("begins with http:// or https://"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(wrong("keys do not stand in the address"));
    }
    if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
        return Err(wrong("only scheme, host and port; bucket and prefix have fields of their own"));
    }
    let host = url.host().ok_or(wrong("names no host"))?;
    let is_name = matches!(host, Host::Domain(_));
    let authority = match url.port() {
        Some(0) => return Err(wrong("port 0")),
        Some(port) => format!("{host}:{port}"),
        None => host.to_string(),
    };
    Ok((url.scheme().to_owned(), authority, is_name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(
        endpoint: &str,
        bucket: &str,
        prefix: &str,
        path_style: bool,
    ) -> Result<BucketAddress, &'static str> {
        BucketAddress::parse(endpoint, "us-east-1", bucket, prefix, path_style).map_err(|error| error.field())
    }

    #[test]
    fn an_address_says_host_path_and_root() {
        let minio = parsed("http://10.0.0.5:9000/", "footage", "/watchfire/one/", true).unwrap();
        assert_eq!((minio.host().as_str(), minio.path("a/b").as_str()), ("10.0.0.5:9000", "/footage/a/b"));
        assert_eq!(minio.root(), PathBuf::from("s3://10.0.0.5:9000/footage/watchfire/one"));
        assert_eq!(minio.key("x"), "watchfire/one/x");
        let cloud = parsed("https://S3.example.org:443", "footage", "", false).unwrap();
        assert_eq!((cloud.host().as_str(), cloud.path("a").as_str()), ("footage.s3.example.org", "/a"));
        assert_eq!(
            (cloud.root(), cloud.key("")),
            (PathBuf::from("s3://s3.example.org/footage"), String::new())
        );
    }

    #[test]
    fn what_is_no_address_names_its_field() {
        for endpoint in [
            "ftp://a",
            "s3.example.org",
            "https://a/b",
            "https://k:s@a",
            "https://a?x",
            "http://a:0",
            "file:///etc",
        ] {
            assert_eq!(parsed(endpoint, "footage", "", true), Err("endpoint"), "{endpoint}");
        }
        assert_eq!(parsed("http://10.0.0.5", "footage", "", false), Err("endpoint"));
        for bucket in ["ab", "Footage", "a..b", "-ab", "a/b", "a b"] {
            assert_eq!(parsed("http://a", bucket, "", true), Err("bucket"), "{bucket}");
        }
        for prefix in ["a//b", "..", "a/../b", "a b", "a?b", "录像"] {
            assert_eq!(parsed("http://a", "footage", prefix, true), Err("prefix"), "{prefix}");
        }
        let region = BucketAddress::parse("http://a", "us east", "footage", "", true);
        assert_eq!(region, Err(BucketAddressError::Region));
    }
}
